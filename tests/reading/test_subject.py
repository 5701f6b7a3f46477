"""Coordinated subjects with what they share."""

import pytest

from luoshi.reading.subject import complete_subjects, split_subjects


@pytest.mark.parametrize(
    ("phrase", "members"),
    [
        ("全年货运总量和总周转量", ["全年货运总量", "总周转量"]),
        ("失业保险、工伤保险参保率", ["失业保险", "工伤保险参保率"]),
        ("学前教育普及率", ["学前教育普及率"]),
        ("民营企业参与率", ["民营企业参与率"]),
        ("企业（个体、工商户）和机构", ["企业（个体、工商户）", "机构"]),
    ],
)
def test_subjects_are_cut_at_their_conjunctions(phrase, members):
    assert split_subjects(phrase) == members


@pytest.mark.parametrize(
    ("members", "whole"),
    [
        (["全年货运总量", "总周转量"], ["全年货运总量", "全年货运总周转量"]),
        (["失业保险", "工伤保险参保率"], ["失业保险参保率", "工伤保险参保率"]),
        (["火灾事故起数", "死亡人数"], ["火灾事故起数", "火灾事故死亡人数"]),
        (["瞪羚", "领军企业"], ["瞪羚企业", "领军企业"]),
        (["出口总额"], ["出口总额"]),
        (["城镇", "农村居民人均收入"], ["城镇居民人均收入", "农村居民人均收入"]),
        (["城镇居民", "农村居民人均收入"], ["城镇居民人均收入", "农村居民人均收入"]),
        (["全县鱼", "虾产量"], ["全县鱼产量", "全县虾产量"]),
        (["单位GDP能耗", "碳排放量"], ["单位GDP能耗", "单位GDP碳排放量"]),
        (["二氧化硫", "氮氧化物", "化学需氧量排放量"], ["二氧化硫排放量", "氮氧化物排放量", "化学需氧量排放量"]),
        (["生活补贴", "护理补贴标准"], ["生活补贴标准", "护理补贴标准"]),
        ([], []),
    ],
)
def test_each_subject_gets_the_head_or_tail_it_shares(members, whole):
    assert complete_subjects(members) == whole
